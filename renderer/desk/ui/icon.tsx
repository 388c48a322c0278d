import type { LucideIcon } from 'lucide-react';
import { cx } from './cx.ts';

/** A line icon, 16 px and 1.5 thick, that says nothing by itself: what stands around it names it. */
export function Icon(props: {
  readonly of: LucideIcon;
  /** An arrow along the line: turns with the direction of the language. */
  readonly mirrored?: boolean;
  readonly className?: string | undefined;
}) {
  const Drawing = props.of;
  return (
    <Drawing
      className={cx('icon', props.mirrored === true && 'mirrored', props.className)}
      strokeWidth={1.5}
      absoluteStrokeWidth
      size={16}
      aria-hidden="true"
    />
  );
}
