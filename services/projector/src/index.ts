export { createProjector, type Projector, type ProjectorOptions } from './projector.js';
export { type Progress, PROJECTOR } from './progress.js';
