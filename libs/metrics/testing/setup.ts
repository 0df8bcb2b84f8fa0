import fc from 'fast-check';

// One stream of random cases: a run that fails on one machine fails on all. Other streams are tried by
// setting FAST_CHECK_SEED.
fc.configureGlobal({ seed: Number(process.env['FAST_CHECK_SEED'] ?? 20170401) });
