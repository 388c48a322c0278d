import { Angry, Frown, Laugh, type LucideIcon, Meh, Smile } from 'lucide-react';
import { Icon } from '../../ui/icon.tsx';

const FACES: Readonly<Record<number, LucideIcon>> = { 1: Angry, 2: Frown, 3: Meh, 4: Smile, 5: Laugh };

/** The face that the customer chose; the score stands beside it. */
export function ScoreFace({ score }: { readonly score: number }) {
  const face = FACES[score];
  return face === undefined ? null : <Icon of={face} />;
}
