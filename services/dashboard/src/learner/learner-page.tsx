import { Lost } from '../parts/trouble.js';
export const LearnerPage = Lost;
