import type { ReactNode } from 'react';
import type { AnsweredRange, AsOf } from '../../../../src/protocol/rpc/insight.ts';
import { ExportButton } from '../exports/export-button.tsx';
import { AsOfLine } from './as-of.tsx';
import { Failed, PageFrame, Waiting } from './page-frame.tsx';
import { RangeControl, RangeLine } from './range-control.tsx';

/** An answer about some days, beside the days before them. */
export interface RangeAnswer extends AsOf {
  readonly range: AnsweredRange;
  readonly previous: AnsweredRange;
}

/** What a page asked for: its answer, why there is none, and how to ask again. */
interface Asked<Answer> {
  readonly data: Answer | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** A page of figures about a range of days: the range above them, both its ends printed, the export, then the answer. */
export function RangePage<Answer extends RangeAnswer>(props: {
  readonly title: string;
  readonly asked: Asked<Answer>;
  readonly children: (answer: Answer, again: () => void) => ReactNode;
}) {
  const { data, error, refetch } = props.asked;
  const again = (): void => void refetch();
  const line = data !== undefined && (
    <>
      <RangeLine range={data.range} previous={data.previous} />
      <AsOfLine of={data} />
    </>
  );
  return (
    <PageFrame
      title={props.title}
      line={line}
      controls={
        <>
          <RangeControl answered={data?.range} />
          <ExportButton />
        </>
      }
    >
      {data !== undefined && props.children(data, again)}
      {data === undefined && error !== null && <Failed error={error} onRetry={again} />}
      {data === undefined && error === null && <Waiting />}
    </PageFrame>
  );
}
