/** English words too common to tell documents apart, and the tails of contractions ("don't", "we'll"). */
export const stopWords: ReadonlySet<string> = new Set(
  (
    'a about an and are as at be been being but by can could did do does doing for from had has have having he her here ' +
    'hers him his how i if in into is it its itself just me my of on or our ours she should so some such than that the ' +
    'their theirs them then there these they this those to too very was we were what when where which while who whom ' +
    'whose why will with would you your yours ' +
    's t d ll re ve m don isn aren wasn weren doesn didn hasn haven hadn won wouldn shouldn couldn'
  ).split(' '),
);
