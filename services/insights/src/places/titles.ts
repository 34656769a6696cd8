/** How classes and schools are called. One that the tables do not know (yet) is called by its id. */
export interface Titles {
  classTitle(id: string): string;
  schoolTitle(id: string): string;
}
