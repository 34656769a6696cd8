export { createProjector, type Projector, type ProjectorOptions } from './projector.js';
export { type Progress, PROJECTOR } from './progress.js';
export { foldLag, rebuild, type RebuildOptions, type Verified } from './rebuild.js';
export { compare, verify } from './verify.js';
export { PROJECTOR_RUNTIME, ProjectorLoop, ProjectorModule, type ProjectorModuleOptions } from './projector.module.js';
export { type FoldShare } from './fold-share.js';
