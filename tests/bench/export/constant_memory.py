"""The same rows through XlsxWriter in constant-memory mode.

The rows are read before the clock starts; with `stream` behind the files they are read as they are written, so that only
the writer's own memory counts (the time then has the reading in it).
"""

import datetime
import json
import resource
import sys
import time

import xlsxwriter

out, source = sys.argv[1], sys.argv[2]
with open(source, encoding="utf-8") as lines:
    head = json.loads(next(lines))
    rows = None if "stream" in sys.argv else [json.loads(line) for line in lines]


def rows_as_they_come():
    with open(source, encoding="utf-8") as lines:
        next(lines)
        for line in lines:
            yield json.loads(line)


started = time.perf_counter()
book = xlsxwriter.Workbook(
    out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
)
# The same bytes each time.
book.set_properties({"created": datetime.datetime(2026, 1, 1)})
sheet = book.add_worksheet(head["name"])
bold = book.add_format({"bold": True})
formats = {
    "dateTime": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    "duration": book.add_format({"num_format": "[h]:mm:ss"}),
    "integer": book.add_format({"num_format": "0"}),
}
sheet.freeze_panes(2, 0)
sheet.set_column(0, len(head["columns"]) - 1, 18)
for index, column in enumerate(head["columns"]):
    sheet.write_string(0, index, column["header"], bold)
for index, column in enumerate(head["columns"]):
    sheet.write_string(1, index, column["key"])
types = [column["type"] for column in head["columns"]]
number = 1
for number, row in enumerate(rows_as_they_come() if rows is None else rows, start=2):
    for index, value in enumerate(row):
        kind = types[index]
        if kind == "boolean":
            sheet.write_boolean(number, index, value)
        elif isinstance(value, str):
            sheet.write_string(number, index, value)
        elif kind == "dateTime":
            sheet.write_number(number, index, value / 86400000 + 25569, formats[kind])
        elif kind == "duration":
            sheet.write_number(number, index, value / 86400000, formats[kind])
        else:
            sheet.write_number(number, index, value, formats.get(kind))
sheet.autofilter(1, 0, number, len(head["columns"]) - 1)
book.close()
millis = (time.perf_counter() - started) * 1000
try:
    # Its own high-water mark: what the parent held at the fork counts into ru_maxrss.
    with open("/proc/self/status", encoding="utf-8") as status:
        peak = next(int(line.split()[1]) for line in status if line.startswith("VmHWM:"))
except OSError:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps({"ms": millis, "peakKiB": peak}))
