/** Invented people for an invented district: common given and family names, combined at random. */
export const givenNames = [
  'Amara', 'Ben', 'Carla', 'Dario', 'Elif', 'Femi', 'Grace', 'Hana', 'Ivan', 'Jonas', 'Kira', 'Liam', 'Mina', 'Noor', 'Omar', 'Paula',
  'Quinn', 'Rosa', 'Sami', 'Tara', 'Uma', 'Victor', 'Wren', 'Ximena', 'Yusuf', 'Zoe', 'Alma', 'Bruno', 'Chloe', 'Diego', 'Esme', 'Felix',
  'Gita', 'Hugo', 'Iris', 'Jamal', 'Kofi', 'Lena', 'Mateo', 'Nadia', 'Olga', 'Pablo', 'Rami', 'Sofia', 'Theo', 'Vera', 'Wanda', 'Yara',
] as const; // prettier-ignore

export const familyNames = [
  'Adeyemi', 'Becker', 'Castro', 'Dang', 'Eriksen', 'Flores', 'Garcia', 'Haddad', 'Ito', 'Jansen', 'Kowalski', 'Lopez', 'Mbeki', 'Novak',
  'Okafor', 'Petrov', 'Quiroga', 'Rossi', 'Singh', 'Tanaka', 'Usman', 'Vargas', 'Weber', 'Xu', 'Yilmaz', 'Zhang', 'Archer', 'Brooks',
  'Chavez', 'Dubois', 'Ellis', 'Fischer', 'Grant', 'Hughes', 'Ivanova', 'Jacobs', 'Khan', 'Larsen', 'Moreno', 'Nguyen', 'Olsen', 'Park',
  'Reyes', 'Silva', 'Torres', 'Ueda', 'Walker', 'Young',
] as const; // prettier-ignore
