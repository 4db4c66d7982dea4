/** How many are read side by side: more would hold up everybody else's queries. */
const AT_A_TIME = 10;
/** UTF-16 units that one answer may hold as JSON, give or take the last batch. */
const MOST_CHARACTERS = 32_000_000;

/**
 * Reads what belongs to each of the runs, newest first, until all are read or the answer is as large as one may be, and
 * returns it oldest first; the newest is always among it. A session has no bound of its own: a hundred long questions
 * are gigabytes once every answer repeats them, and whoever asks for them must not take the process along.
 */
export async function readNewest<Run, T>(
  newestFirst: readonly Run[],
  read: (run: Run) => Promise<T>,
  mostCharacters = MOST_CHARACTERS,
): Promise<T[]> {
  const found: T[] = [];
  let characters = 0;
  for (let from = 0; from < newestFirst.length && characters < mostCharacters; from += AT_A_TIME) {
    const batch = await Promise.all(newestFirst.slice(from, from + AT_A_TIME).map(read));
    for (const one of batch) {
      characters += JSON.stringify(one).length;
      if (characters > mostCharacters && found.length > 0) break;
      found.push(one);
    }
  }
  return found.reverse();
}
