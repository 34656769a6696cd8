export {
  type Account,
  type Activity,
  type ActivityDefinition,
  type Actor,
  type Agent,
  type Attachment,
  type ComponentList,
  type Context,
  CONTEXT_ACTIVITY_KINDS,
  type ContextActivities,
  type ContextActivityKind,
  type ContextAgent,
  type ContextGroup,
  type Extensions,
  type Group,
  type Identifiers,
  INTERACTION_TYPES,
  type InteractionComponent,
  type InteractionType,
  isActivity,
  type Json,
  type LanguageMap,
  type Result,
  type Score,
  type Statement,
  type StatementObject,
  type StatementRef,
  type SubStatement,
  type Verb,
  VOIDED_VERB,
  voidedTarget,
  type XapiVersion,
} from './statement.js';
export { type Advice, lintStatement } from './lint/lint-statement.js';
export { child, type StatementError } from './validation/errors.js';
export { validateActor, validateBatch, validateStatement } from './validation/validation.js';
export { type IdentifiedActor, actorIdentifier, isGroup, isIdentified } from './actors/identity.js';
export { type ActorSite, type ActorToken, collectActors, replaceActors, restoreActors, tokensOf } from './actors/tokens.js';
export { type ActorKeyOf } from './comparison/comparable.js';
export { comparableHash } from './comparison/comparable-hash.js';
export { gradeInteraction, type Grade, type UngradableReason } from './grading/grading.js';
export { ACTIVITY_KINDS, type ActivityKind, activityKind, VERB_KINDS, type VerbKind, verbKind } from './kinds.js';
export { attemptSaid, type AttemptSaid, helpAskedFor, isTried } from './attempts/read-attempt.js';
export { answeredStatement, type PreparedStatement, prepareStatement, toldIn } from './preparation.js';
export { type AllowedExtensions, type ExtensionShape, HINTS_EXTENSION, KNOWN_EXTENSIONS } from './sealing/known-extensions.js';
export { type JsonPath, type SealableSite, sealablePaths } from './sealing/sealable.js';
export { isSealed, type SealedValue, withSealed, withUnsealed } from './sealing/sealed.js';
export {
  type TokenisedActor,
  type TokenisedAgent,
  type TokenisedContext,
  type TokenisedGroup,
  type TokenisedObject,
  type TokenisedStatement,
  type TokenisedSubStatement,
} from './actors/tokenised.js';
export { isDuration } from './formats/duration.js';
export { isSha2, isUuid } from './formats/identifiers.js';
export { isIri } from './formats/iri.js';
export { isLanguageTag } from './formats/language-tag.js';
export { type Instant, instantOf, isTimestamp } from './formats/timestamp.js';
export { canonicalJson } from './canonical-json.js';
export { MAX_EXTENSION_DEPTH } from './validation/depth.js';
export {
  activityKey,
  agentKey,
  ANY_KEY,
  credentialKey,
  definedActivities,
  PARTLY_SEALED_KEY,
  idKey,
  keyTag,
  recordKeys,
  registrationKey,
  relatedActivityKey,
  relatedAgentKey,
  verbKey,
} from './record-keys.js';
export { canonicalFormat, idsFormat, languageRanges, mergedDefinition, oneLanguage } from './answer-formats.js';
