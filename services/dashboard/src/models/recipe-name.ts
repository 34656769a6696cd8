import { useTranslation } from 'react-i18next';

const known = ['rule', 'logistic', 'glass-box', 'blend'] as const;
const isKnown = (recipe: string): recipe is (typeof known)[number] => (known as readonly string[]).includes(recipe);

/** What a recipe is called, at the beginning of a sentence; one that the page does not know keeps its own name. */
export const useRecipeName = (): ((recipe: string) => string) => {
  const { t } = useTranslation();
  return (recipe) => (isKnown(recipe) ? t(`recipe.${recipe}`) : recipe);
};
