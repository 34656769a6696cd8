import { auditInWords, type AuditFile, routes, targetInWords } from '@pharos/contract';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, isProblem, mayUse } from '../app/api.js';
import { useReader } from '../app/reader.js';
import { useNow } from '../app/use-now.js';
import { calibrationChart } from '../charts/calibration-chart.js';
import { type ChartTheme } from '../charts/theme.js';
import { Chart } from '../parts/chart.js';
import { Empty, Trouble } from '../parts/trouble.js';
import { Waiting } from '../parts/waiting.js';
import { FileVerdicts, OpenAudit } from './audit-file.js';
import { AuditView } from './audit-view.js';
import { ByCourse } from './by-course.js';
import { ByWeek } from './by-week.js';
import { CapacityBars } from './capacity-bars.js';
import { DecideModel } from './decide-model.js';
import { FairPractice } from './fair-practice.js';
import { GateHistory } from './gate-history.js';
import { JobRuns } from './job-runs.js';
import { KnowledgeModels } from './knowledge-models.js';
import { LendingCard } from './lending-card.js';
import { ModelCard } from './model-card.js';
import { NudgesCard } from './nudges-card.js';
import { useRecipeName } from './recipe-name.js';
import { StandingCard } from './standing-card.js';
import { useConcerns } from './use-concerns.js';
import { type Verdict, verdictsOf } from './verdicts.js';
import { WatchView } from './watch-view.js';
import { WhatIfs } from './what-ifs.js';
import './models.css';

/** So many classes are named one by one; more are counted. */
const mostNamed = 6;

const keyOf = (verdict: Verdict): string =>
  verdict.key === 'verdict.audit'
    ? JSON.stringify(verdict.found)
    : verdict.key === 'verdict.left-backtest'
      ? verdict.concern.observation.id
      : verdict.key;

/** May we trust this? */
export function ModelsPage() {
  const { t } = useTranslation();
  const { session, locale, formats } = useReader();
  const recipeName = useRecipeName();
  const search = useSearch({ from: '/signed-in/models' });
  const navigate = useNavigate();
  const now = useNow(600_000);
  const list = useQuery({ queryKey: ['models'], queryFn: ({ signal }) => client.models.list(undefined, { signal }) });
  const items = list.data?.items ?? [];
  const chosen = items.find((one) => one.model === search.model) ?? items.find((one) => one.inUse) ?? items[0];
  const params = { model: chosen?.model ?? '' };
  const model = useQuery({ queryKey: ['model', params.model], queryFn: ({ signal }) => client.models.get({ params }, { signal }), enabled: chosen !== undefined });
  const audit = useQuery({
    queryKey: ['audit', params.model],
    // A model without an audit is no trouble, it is a verdict.
    queryFn: ({ signal }) => client.models.audit({ params }, { signal }).catch((error: unknown) => { if (isProblem(error, 'not-found')) return null; throw error; }),
    enabled: chosen !== undefined,
  });
  const [file, setFile] = useState<AuditFile | null>(null);
  const concerns = useConcerns();
  const verdicts = model.data ? verdictsOf(model.data, audit.data ?? null, now, concerns) : [];
  const capacity = verdicts.find((verdict) => verdict.key === 'verdict.capacity');
  const chooseAttribute = (attribute: string) => void navigate({ to: '/models', search: { ...search, attribute }, replace: true });
  const bins = model.data?.reliability;
  const option = useCallback(
    (theme: ChartTheme, reduced: boolean) =>
      calibrationChart(
        bins ?? [],
        {
          count: (bin) => formats.number(bin.n), predicted: t('model.predicted'), observed: t('model.observed'), ideal: t('model.ideal'), percent: (share) => formats.percent(share),
          bin: (bin) => t('model.bin', { predicted: formats.percent(bin.predicted), observed: formats.percent(bin.observed), n: formats.number(bin.n) }),
        },
        theme,
        reduced,
      ),
    [bins, formats, t],
  );
  const classesInWords = (names: readonly string[]) => (names.length <= mostNamed ? formats.list(names) : t('models.classes', { count: names.length }));
  const trouble = list.error ?? model.error;
  return (
    <div className="models">
      <header className="place-head">
        <h1>{t('models.title')}</h1>
        <div className="head-acts">
          <OpenAudit onOpen={setFile} />
          <button type="button" onClick={() => window.print()}>{t('models.print')}</button>
        </div>
      </header>
      {file ? (
        <div className="stack">
          <FileVerdicts audit={file} onClose={() => setFile(null)} />
          <AuditView audit={file} attribute={search.attribute} onChoose={chooseAttribute} />
          <WhatIfs audit={file} attribute={search.attribute} decidable={false} />
        </div>
      ) : report()}
    </div>
  );

  function report() {
    return (
      <>
      {trouble && <Trouble error={trouble} again={() => void Promise.all([list.refetch(), model.refetch()])} />}
      {!trouble && (list.isPending || (chosen && model.isPending)) && <Waiting rows={3} height={48} />}
      {list.data && items.length === 0 && <Empty title={t('models.none')} body={t('models.none-body')} />}
      <div className="stack">
        <StandingCard />
        {chosen && model.data && (
          <section className="card" aria-labelledby="verdict-title">
            <div className="card-head">
              <h2 id="verdict-title">{t('models.verdicts')}</h2>
              {items.length > 1 && (
                <select aria-label={t('models.choose')} className="fit" value={chosen.model} onChange={(event) => void navigate({ to: '/models', search: { ...search, model: event.target.value }, replace: true })}>
                  {items.map((one) => (
                    <option key={one.model} value={one.model}>
                      {t(one.inUse ? 'models.option-in-use' : 'models.option', { recipe: recipeName(one.recipe), when: formats.moment(one.asOf) })}
                    </option>
                  ))}
                </select>
              )}
            </div>
            <p className="about">
              {t(chosen.window.classes.length === 0 ? 'models.about-elsewhere' : chosen.validation.classes.length > 0 ? 'models.about' : 'models.about-folds', { recipe: recipeName(chosen.recipe), target: targetInWords(locale, chosen.target), learners: formats.number(chosen.window.learners), classes: classesInWords(chosen.window.classes), judged: classesInWords(chosen.validation.classes) })}
            </p>
            {capacity && <CapacityBars capacity={capacity} />}
            <ul className="verdicts">
              {verdicts.map((verdict) => (
                <li key={keyOf(verdict)} data-tone={verdict.tone}>
                  <span>{verdictText(verdict)}</span>
                </li>
              ))}
            </ul>
            {chosen.decision && (
              <p className="muted small decision">
                {t(`models.${chosen.decision.outcome}`, { by: t(chosen.decision.by === 'gate' ? 'gate.by-gate' : 'gate.by-person'), when: formats.moment(chosen.decision.at) })}
                {chosen.decision.by !== 'gate' && <> <q>{chosen.decision.reason}</q></>}
              </p>
            )}
            <DecideModel model={chosen} />
            <ModelCard model={chosen.model} />
          </section>
        )}
        {bins && bins.length > 0 && (
          <Chart
            title={t('model.calibration')}
            about={<p>{t('model.calibration-about')}</p>}
            height={360}
            option={option}
            table={{
              head: [t('model.bin-title'), t('model.predicted'), t('model.observed'), t('model.learners')],
              rows: bins.map((bin) => [`${formats.percent(bin.from)} – ${formats.percent(bin.to)}`, formats.percent(bin.predicted, 1), formats.percent(bin.observed, 1), formats.number(bin.n)]),
            }}
          />
        )}
        <ByWeek />
        {model.data && <ByCourse courses={model.data.courses} />}
        {audit.data && <AuditView audit={audit.data} attribute={search.attribute} onChoose={chooseAttribute} />}
        {audit.data && <WhatIfs audit={audit.data} attribute={search.attribute} decidable />}
        {chosen && <WatchView />}
        <GateHistory />
        <LendingCard />
        <KnowledgeModels />
        <FairPractice />
        <NudgesCard />
        {mayUse(session, routes.operations.jobRuns.roles) && <JobRuns />}
      </div>
      </>
    );
  }

  function verdictText(verdict: Verdict): string {
    switch (verdict.key) {
      case 'verdict.capacity': {
        const { model: found, low, high, rule, chance } = verdict;
        return rule === null ? t('verdict.capacity-alone', { found, low, high, chance }) : t('verdict.capacity', { found, low, high, rule, chance });
      }
      case 'verdict.calibrated':
      case 'verdict.calibrated-by-chance':
      case 'verdict.miscalibrated':
        return t(verdict.key, { off: formats.number(verdict.off, 1), chance: formats.number(verdict.chance, 1) });
      case 'verdict.left-backtest': {
        const { observation, figures } = verdict.concern;
        return t('verdict.left-backtest', { recipe: recipeName(observation.recipe), classes: classesInWords(observation.classes), what: formats.list(figures.map((name) => t(`watch.short-${name}`))) });
      }
      case 'verdict.audit':
        return auditInWords(locale, verdict.found, chosen?.target ?? '');
      case 'verdict.not-measured':
      case 'verdict.no-audit':
      case 'verdict.old':
        return t(verdict.key);
      default:
        return verdict satisfies never;
    }
  }
} // prettier-ignore
