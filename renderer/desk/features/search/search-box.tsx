import { Search, X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { focusPane } from '../../app/panes.ts';
import { useScreen, useScreenActions } from '../../app/stores.tsx';
import { useText } from '../../i18n/text-provider.tsx';
import { useCommands } from '../../keyboard/keyboard-provider.tsx';
import { TextField } from '../../ui/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import css from './search.module.css';

const PAUSE_MS = 100;

/** The words in the box, and those searched for: the latter follow after a short pause. */
function useTyped(): readonly [string, (text: string, now?: boolean) => void] {
  const { search } = useScreenActions();
  const place = useScreen((screen) => screen.place);
  const searched = useScreen((screen) => (screen.place === 'search' ? screen.searchText : ''));
  const [typed, setTyped] = useState(searched);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [lastPlace, setLastPlace] = useState(place);
  if (place !== lastPlace) {
    setLastPlace(place);
    // Another place was gone to: the box is empty there.
    if (place !== 'search') setTyped('');
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (text: string, now = false): void => {
    setTyped(text);
    clearTimeout(timer.current);
    if (now) search(text.trim());
    else if (text.trim() !== '') timer.current = setTimeout(() => search(text.trim()), PAUSE_MS);
    else if (place === 'search') search('');
  };
  return [typed, type];
}

/** Searches all messages as one types. Keys that an input method needs are left to it. */
export function SearchBox() {
  const { t } = useText();
  const [typed, type] = useTyped();
  const box = useRef<HTMLInputElement>(null);
  useCommands({
    'app.search': {
      run: () => {
        box.current?.focus();
        box.current?.select();
      },
    },
  });
  const leave = (): void => {
    type('', true);
    focusPane(document, 'list');
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') leave();
    else if ((event.key === 'Enter' || event.key === 'ArrowDown') && typed.trim() !== '') {
      type(typed, true);
      focusPane(document, 'list');
    } else return;
    event.preventDefault();
  };
  return (
    <search className={css.box}>
      <Icon of={Search} />
      <TextField
        ref={box}
        look="bare"
        className={css.input}
        aria-label={t('inbox:search.label')}
        placeholder={t('inbox:search.placeholder')}
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {typed === '' ? (
        <Kbd command="app.search" />
      ) : (
        <IconButton small icon={X} name={t('inbox:search.clear')} onClick={leave} />
      )}
    </search>
  );
}
