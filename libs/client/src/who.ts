/** A learner in the platform's own words: what `GET /learners/{learner}/…` takes. */
export type LearnerName = string;

/**
 * A learner whom the platform knows by a mail address.
 *
 * @example byMail('ada@example.org') // => 'mailto:ada@example.org'
 */
export const byMail = (address: string): LearnerName => `mailto:${address}`;

/**
 * A learner whom the platform knows by an account of its own.
 *
 * @param homePage the platform that the account is of, as an IRI
 * @example byAccount('https://game.example', 'player-7') // => 'account:https://game.example|player-7'
 */
export const byAccount = (homePage: string, name: string): LearnerName => `account:${homePage}|${name}`;

/** An actor of xAPI, identified in one way. */
export type Actor =
  | { readonly objectType: 'Agent'; readonly mbox: string }
  | { readonly objectType: 'Agent'; readonly account: { readonly homePage: string; readonly name: string } };

/**
 * The actor of a statement about a learner, so that statements and questions name the same person.
 *
 * @throws TypeError for a name that neither `byMail` nor `byAccount` made
 * @example actorOf(byMail('ada@example.org')) // => { objectType: 'Agent', mbox: 'mailto:ada@example.org' }
 */
export function actorOf(learner: LearnerName): Actor {
  if (learner.startsWith('mailto:')) return { objectType: 'Agent', mbox: learner };
  const account = /^account:([^|]+)\|(.+)$/.exec(learner);
  if (!account) throw new TypeError('a learner is named by byMail or byAccount');
  return { objectType: 'Agent', account: { homePage: account[1]!, name: account[2]! } };
}
