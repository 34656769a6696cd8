const forms = ['zero', 'two', 'few', 'many'] as const;

/**
 * The catalogues tell one from several. Languages with more forms (Spanish has one for millions, Arabic six) say there
 * what they say of several.
 *
 * @example withForms({ 'a_one': 'x', 'a_other': 'y' })['a_many'] // => 'y'
 */
export function withForms(texts: Readonly<Record<string, string>>): Record<string, string> {
  const added = Object.entries(texts)
    .filter(([key]) => key.endsWith('_other'))
    .flatMap(([key, text]) => forms.map((form): [string, string] => [key.replace(/_other$/, `_${form}`), text]));
  return { ...Object.fromEntries(added), ...texts };
}
