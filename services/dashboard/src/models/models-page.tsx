import { Lost } from '../parts/trouble.js';
export const ModelsPage = Lost;
