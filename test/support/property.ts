import fc from 'fast-check';

// The same cases in every run: a change is judged by what it changed. `SEED=n npm test` looks at others.
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 1) });

export { fc };
