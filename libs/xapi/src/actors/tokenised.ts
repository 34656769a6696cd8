import { type Activity, type Context, type Statement, type StatementRef, type SubStatement } from '../statement.js';

/**
 * The shapes of statements in the log, where tokens stand in the place of people. Besides, any value that may name
 * people may be a `SealedValue` there (see sealing): responses, extensions, and any text or address.
 */
export interface TokenisedAgent {
  readonly objectType?: 'Agent';
  readonly 'pharos:token': string;
  readonly 'pharos:variant': string;
}

/** A group without an identifier has no token, and keeps its name, sealed. */
export interface TokenisedGroup {
  readonly objectType: 'Group';
  readonly 'pharos:token'?: string;
  readonly 'pharos:variant'?: string;
  readonly name?: unknown;
  readonly member?: readonly TokenisedAgent[];
}

export type TokenisedActor = TokenisedAgent | TokenisedGroup;

type PeopleOfContext = 'instructor' | 'team' | 'contextAgents' | 'contextGroups';

export type TokenisedContext = Omit<Context, PeopleOfContext> & {
  readonly instructor?: TokenisedActor;
  readonly team?: TokenisedGroup;
  readonly contextAgents?: readonly {
    readonly objectType: 'contextAgent';
    readonly agent: TokenisedAgent;
    readonly relevantTypes?: readonly string[];
  }[];
  readonly contextGroups?: readonly {
    readonly objectType: 'contextGroup';
    readonly group: TokenisedGroup;
    readonly relevantTypes?: readonly string[];
  }[];
};

type WithoutPeople<T extends Statement | SubStatement> = Omit<T, 'actor' | 'object' | 'context' | 'authority'> & {
  readonly actor: TokenisedActor;
  readonly context?: TokenisedContext;
};

type SimpleObject = Activity | (TokenisedAgent & { readonly objectType: 'Agent' }) | TokenisedGroup | StatementRef;

export type TokenisedSubStatement = WithoutPeople<SubStatement> & { readonly object: SimpleObject };
export type TokenisedObject = SimpleObject | TokenisedSubStatement;
export type TokenisedStatement = WithoutPeople<Statement> & { readonly object: TokenisedObject; readonly authority?: TokenisedActor };
