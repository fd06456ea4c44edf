/** How long a claimed cue is a worker's without a word from it; it says so three times as often. */
export const leaseMs = 60_000;
