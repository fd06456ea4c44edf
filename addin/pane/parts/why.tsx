import { Fragment } from 'react';
import type { Reason } from '../../../shared/reason.ts';
import type { Piece } from '../../../shared/say-reason.ts';
import { usePane } from '../pane-context.ts';
import { wordsIn } from '../words/words.ts';
import { Told } from './told.tsx';

type WhyProps = Readonly<{
  reasons: readonly Reason[] | null;
  /** The same in one English sentence, for reasons this pane does not know and for words that are not ours. */
  why: string;
}>;

/** Reasons in the language of the pane, one after the other. */
export function Why({ reasons, why }: WhyProps) {
  const { language } = usePane();
  const said = reasons === null ? null : wordsIn(language).reasons(reasons);
  if (said === null) return <Told text={why} />;
  return (
    <span>
      {said.map((pieces, index) => (
        <Fragment key={index}>
          {index > 0 && ' '}
          {pieces.map((piece, at) => (
            <PieceOf key={at} {...piece} />
          ))}
        </Fragment>
      ))}
    </span>
  );
}

/** What is put in stands apart: names of fields and categories, and a side's own words, run as they run. */
function PieceOf({ text, place }: Piece) {
  if (place === null) return text;
  return place === 'text' ? <bdi lang="en">{text}</bdi> : <bdi>{text}</bdi>;
}

/** A note, or another single reason. */
export function Because({ because, reason }: Readonly<{ because: Reason | null; reason: string }>) {
  return <Why reasons={because && [because]} why={reason} />;
}
