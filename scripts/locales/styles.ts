import { listFiles, readText } from '../checks/files.ts';
import { placeAt, type TextFinding } from './finding.ts';

/** What a style sheet says in left and right, and how to say it along the line instead. */
const PHYSICAL: readonly (readonly [RegExp, string])[] = [
  [/(?:margin|padding)-(?:left|right)\s*:/g, 'write margin-inline-start, padding-inline-end, …'],
  [
    /border(?:-(?:top|bottom))?-(?:left|right)(?:-\w+)?\s*:/g,
    'write border-inline-start, border-start-end-radius, …',
  ],
  [/(?<![\w-])(?:left|right)\s*:/g, 'write inset-inline-start or inset-inline-end'],
  [/text-align\s*:\s*(?:left|right)\b/g, 'write text-align: start or end'],
  [/(?<![\w-])(?:float|clear)\s*:\s*(?:left|right)\b/g, 'write inline-start or inline-end'],
  [/(?<![\w-])(?:min-|max-)?width\s*:/g, 'write inline-size'],
  [/(?<![\w-])(?:min-|max-)?height\s*:/g, 'write block-size'],
  [/(?:margin|padding)-(?:top|bottom)\s*:/g, 'write margin-block-start, padding-block-end, …'],
  [/(?<![\w-])(?:top|bottom)\s*:/g, 'write inset-block-start or inset-block-end'],
];

const COLOUR = /#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch|lab|lch|hwb)\(/g;
const DURATION = /(?<![\w-])\d*\.?\d+m?s\b/g;
const TOKENS = 'renderer/desk/ui/tokens.css';

function blanked(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
}

/** Style sheets of the renderer: logical properties only, and no colour or duration outside the tokens. */
export function checkStyles(root: string): readonly TextFinding[] {
  return listFiles(root, ['renderer'], ['.css']).flatMap((path) => {
    const text = blanked(readText(root, path))
      // A media query asks about the window, which has no start and end.
      .replace(/@(?:media|container)[^{]*/g, (query) => query.replace(/[^\n]/g, ' '));
    const physical = PHYSICAL.flatMap(([pattern, advice]) =>
      [...text.matchAll(pattern)].map((match) => ({
        match,
        message: `${match[0].replace(/\s*:.*/, '')}: ${advice}`,
      })),
    );
    const colours = path === TOKENS ? [] : [...text.matchAll(COLOUR)];
    const durations = path === TOKENS ? [] : [...text.matchAll(DURATION)].filter(([found]) => found !== '0s');
    const found = [
      ...physical,
      ...colours.map((match) => ({ match, message: `${match[0]}: colours stand in ${TOKENS}` })),
      ...durations.map((match) => ({ match, message: `${match[0]}: durations stand in ${TOKENS}` })),
    ];
    return found.map(({ match, message }) => ({ path, ...placeAt(text, match.index), message }));
  });
}
