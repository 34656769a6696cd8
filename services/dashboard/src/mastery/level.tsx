import { type SkillStanding } from '@pharos/contract';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';
import './mastery.css';

export type LevelName = SkillStanding['level'];

/** A level in words; never tried is a level of its own. */
export function useLevelWords(): (level: LevelName) => string {
  const { t } = useTranslation();
  return (level) => t(`mastery.level-${level ?? 'none'}`);
}

/** How well a skill is known: the level in words, the chance as a bar with how sure it is, and what it rests on. */
export function Known({ standing }: { readonly standing: SkillStanding }) {
  const { t } = useTranslation();
  const { formats } = useReader();
  const words = useLevelWords();
  const { level, chance, low, high, evidence } = standing;
  if (chance === null || low === null || high === null) return <span className="known muted">{words(null)}</span>;
  const tenths = Math.round(chance * 10);
  return (
    <span className="known">
      <span className="level" data-level={level ?? 'none'}>
        {words(level)}
      </span>
      <span className="chance" aria-hidden="true">
        <span className="spread" style={{ insetInlineStart: `${low * 100}%`, inlineSize: `${(high - low) * 100}%` }} />
        <span className="point" style={{ insetInlineStart: `${chance * 100}%` }} />
      </span>
      <span className="small muted">
        {t('mastery.chance', { tenths, low: formats.number(low * 10), high: formats.number(high * 10) })} · {t('mastery.answers', { count: evidence })}
      </span>
    </span>
  ); // prettier-ignore
}
