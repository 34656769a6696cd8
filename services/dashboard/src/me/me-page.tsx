import { Lost } from '../parts/trouble.js';
export const MePage = Lost;
