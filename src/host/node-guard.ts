// Imported first by every entry: under an older Node, better-sqlite3 ends the process without a word.
if (Number(process.versions.node.split('.')[0]) < 24) {
  throw new Error(
    `Handoff needs Node 24; this is ${process.versions.node}. Start it with npm start or npm run handoff.`,
  );
}
