import { Lost } from '../parts/trouble.js';
export const LearnersPage = Lost;
