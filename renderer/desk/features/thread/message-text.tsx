import { memo, type ReactNode, useMemo } from 'react';
import css from './message.module.css';
import { hiddenHost, type Inline, parseText } from './text-tree.ts';

function LinkText({ link }: { readonly link: Extract<Inline, { type: 'link' }> }) {
  const other = hiddenHost(link);
  return (
    <>
      <a href={link.href} rel="noreferrer" target="_blank" title={link.host}>
        <bdi>{link.text}</bdi>
      </a>
      {other !== null && <bdi className={css.host}> ({other})</bdi>}
    </>
  );
}

function inline(node: Inline, key: string): ReactNode {
  switch (node.type) {
    case 'text':
      return node.text;
    case 'break':
      return <br key={key} />;
    case 'code':
      return <bdi key={key}>{node.text}</bdi>;
    case 'link':
      return <LinkText key={key} link={node} />;
  }
}

/** What somebody wrote: text, line breaks and links; each paragraph in its own direction. */
export const MessageText = memo(function MessageText({ text }: { readonly text: string }) {
  const paragraphs = useMemo(() => parseText(text), [text]);
  return (
    <div className={css.text}>
      {paragraphs.map(({ children }, index) => (
        <p key={`${index}`} dir="auto">
          {children.map((node, at) => inline(node, `${at}`))}
        </p>
      ))}
    </div>
  );
});
