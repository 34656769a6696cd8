export { addDays, type Term } from './calendar.js';
export { type Course, courses, type SimulatedClass, type SimulatedWork } from './courses.js';
export { type District, districtName, type DistrictSettings, districtTimeZone, type Incident, type Outcome, simulateDistrict } from './district.js';
export { type Shock, type SimulatedLearner, type Traits } from './learners.js';
export { type Absence, type Report } from './school-year.js';
export { type PlatformName, type SentStatement } from './statements.js';
export { type Fate, type World } from './world.js';
