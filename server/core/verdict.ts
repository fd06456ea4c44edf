/** What a turn does about a pair: nothing, bring fields over, carry a removal, weigh an edit against one, or let go. */
export type Verdict = 'rest' | 'merge' | 'remove' | 'contest' | 'forget';
