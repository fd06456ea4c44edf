import { readContactFile } from '../../../server/files/read-contacts.ts';
import { generateCards } from '../../support/cards.ts';
import { writeVcf } from '../../support/card-files.ts';
import { say } from '../report.ts';

/** Reads a vCard file as somebody would bring it to `npm start`; median of five readings. */
export function readCards(count: number): void {
  const bytes = Buffer.from(writeVcf(generateCards({ count, seed: 5 }), '3.0'));
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    const { contacts } = readContactFile({ name: 'contacts.vcf', bytes });
    if (contacts.length !== count) throw new Error(`${contacts.length} of ${count} cards were read.`);
    return (performance.now() - start) / 1000;
  });
  const seconds = times.toSorted((a, b) => a - b)[2] ?? 0;
  const line = {
    scenario: `a vCard file of ${count} read`,
    megabytes: bytes.length / 1e6,
    seconds,
    cardsPerSecond: count / seconds,
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  say(
    `\n      a vCard file of ${count} (${(bytes.length / 1e6).toFixed(1)} MB) is read in ${seconds.toFixed(2)} s`,
  );
}
