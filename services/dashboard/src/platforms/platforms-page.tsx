import { Lost } from '../parts/trouble.js';
export const PlatformsPage = Lost;
