/** What the composition hands in, by the tokens under which Nest injects it. */
export const REGISTRY = Symbol('registry');
export const VAULT = Symbol('vault');
export const WAREHOUSE = Symbol('warehouse');
export const LOG = Symbol('log');
export const CLOCK = Symbol('clock');
export const LETTERS = Symbol('letters');
export const FORWARD_FROM = Symbol('forward-from');
export const SETTINGS = Symbol('settings');
export const LOGGER = Symbol('logger');
/** Sends what the practice place heard, or null. */
export const SEND_STATEMENT = Symbol('send-statement');
/** Made here of the above. */
export const NAMES = Symbol('names');
export const PLACES = Symbol('places');
export const DESK = Symbol('desk');
export const ACCESS = Symbol('access');
export const CASELOAD = Symbol('caseload');
export const LEARNERS = Symbol('learners');
export const COHORTS = Symbol('cohorts');
export const WATERMARK = Symbol('watermark');
export const ANSWERS = Symbol('answers');
export const PATTERNS = Symbol('patterns');
export const SHELF = Symbol('shelf');
export const KNOWLEDGE = Symbol('knowledge');
export const STATEMENTS = Symbol('statements');
export const CLASS_DESK = Symbol('class-desk');
export const GOALS = Symbol('goals');
export const VOICE = Symbol('voice');
export const PLANS = Symbol('plans');
export const ASSIGNING = Symbol('assigning');
export const QUEUE = Symbol('queue');
export const RECORDER = Symbol('recorder');
export const BADGES = Symbol('badges');
export const MINE = Symbol('mine');
export const NUDGES = Symbol('nudges');
export const PLACEMENTS = Symbol('placements');

/** The time, handed in, so that a test can choose it. */
export type Clock = () => Date;
