import { Lost } from '../parts/trouble.js';
export const OverviewPage = Lost;
