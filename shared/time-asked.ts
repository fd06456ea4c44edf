/**
 * Which events, by an instant (ISO 8601, UTC). `from`: what goes on then or comes later, soonest first, a series where it comes
 * next. `before`: what began earlier, the last first, a series where it began.
 */
export type TimeAsked = Readonly<{ from: string }> | Readonly<{ before: string }>;
