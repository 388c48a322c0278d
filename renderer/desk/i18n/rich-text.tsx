import { Fragment, type ReactNode } from 'react';
import type { TextKey } from './keys.ts';
import { parseRich, type RichNode } from './rich-parse.ts';
import { useText } from './text-provider.tsx';

type Parts = Readonly<Record<string, (children: ReactNode) => ReactNode>>;

function render(
  nodes: readonly RichNode[],
  values: Readonly<Record<string, ReactNode>>,
  parts: Parts,
): ReactNode {
  return nodes.map((node, index) => {
    const key = `${index}`;
    if (node.type === 'text') return <Fragment key={key}>{node.text}</Fragment>;
    if (node.type === 'value') return <bdi key={key}>{values[node.name]}</bdi>;
    const inner = render(node.children, values, parts);
    return <Fragment key={key}>{parts[node.name]?.(inner) ?? inner}</Fragment>;
  });
}

/**
 * A text with elements in it: `<b>…</b>` in the text becomes `parts.b(children)`, and each value is an element of its
 * own, isolated from the direction around it. Values are never read as markup.
 */
export function RichText(props: {
  readonly k: TextKey;
  readonly count?: number;
  readonly values?: Readonly<Record<string, ReactNode>>;
  readonly parts?: Parts;
}): ReactNode {
  const { t } = useText();
  const values = props.values ?? {};
  const nodes = parseRich(Object.keys(values), (tokens) =>
    t(props.k, { ...tokens, ...(props.count === undefined ? {} : { count: props.count }) }),
  );
  return render(nodes, values, props.parts ?? {});
}
