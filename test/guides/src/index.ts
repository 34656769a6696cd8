export { openSchool, type School } from './school.js';
export { masteryPlatform } from './mastery-platform.guide.js';
export { languageApp } from './language-app.guide.js';
export { tutor } from './tutor.guide.js';
export { literacyGame } from './literacy-game.guide.js';
export { cameraGame } from './camera-game.guide.js';
export { vrExercise } from './vr-exercise.guide.js';
