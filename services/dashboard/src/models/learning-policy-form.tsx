import { LearningPolicy } from '@pharos/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, isProblem } from '../app/api.js';
import { tell } from '../app/toasts.js';

interface Props {
  readonly policy: { readonly version: number; readonly value: LearningPolicy };
}

/** What a tenant allows on the learners' side: who is written to, how often, when not, and how many are held out. */
export function LearningPolicyForm({ policy: { version, value } }: Props) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const save = useMutation({
    mutationFn: (changed: LearningPolicy) => client.nudges.putPolicy({ body: { version, value: changed } }),
    onSuccess: async () => {
      setOpen(false);
      tell({ text: t('nudges.saved'), tone: 'done', until: null, undo: null });
      await queries.invalidateQueries({ queryKey: ['policy', 'learning'] });
    },
    onError: async (error) => {
      tell({ text: t(isProblem(error, 'conflict') ? 'nudges.changed' : 'toast.not-done'), tone: 'trouble', until: null, undo: null });
      await queries.invalidateQueries({ queryKey: ['policy', 'learning'] });
    },
  });
  if (!open) {
    return (
      <button type="button" onClick={() => setOpen(true)}>
        {t('nudges.change')}
      </button>
    );
  }
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const fields = new FormData(event.currentTarget);
    const number = (name: string) => Number(fields.get(name));
    const read = LearningPolicy.safeParse({
      streaks: fields.get('streaks') !== null,
      badges: fields.get('badges') !== null,
      digest: fields.get('digest') === null ? 'off' : 'on',
      nudges: fields.get('nudges'),
      nudgesPerWeek: number('perWeek'),
      heldOut: number('heldOut') / 100,
      quietHours: { from: number('from'), to: number('to') },
    });
    if (read.success) save.mutate(read.data);
    else tell({ text: t('toast.not-done'), tone: 'trouble', until: null, undo: null });
  };
  return (
    <form className="act-form" onSubmit={submit}>
      <label className="field">
        {t('nudges.who')}
        <select name="nudges" defaultValue={value.nudges}>
          {LearningPolicy.shape.nudges.options.map((one) => (
            <option key={one} value={one}>
              {t(`nudges.now-${one}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        {t('nudges.per-week')}
        <input type="number" name="perWeek" min={1} max={7} required defaultValue={value.nudgesPerWeek} />
      </label>
      <label className="field">
        {t('nudges.share')}
        <input type="number" name="heldOut" min={0} max={50} step="any" required defaultValue={Math.round(value.heldOut * 1_000) / 10} />
      </label>
      <label className="field">
        {t('nudges.from')}
        <input type="number" name="from" min={0} max={23} required defaultValue={value.quietHours.from} />
      </label>
      <label className="field">
        {t('nudges.to')}
        <input type="number" name="to" min={0} max={23} required defaultValue={value.quietHours.to} />
      </label>
      <div className="spared">
        <label>
          <input type="checkbox" name="streaks" defaultChecked={value.streaks} /> {t('nudges.streaks')}
        </label>
        <label>
          <input type="checkbox" name="badges" defaultChecked={value.badges} /> {t('nudges.badges')}
        </label>
        <label>
          <input type="checkbox" name="digest" defaultChecked={value.digest !== 'off'} /> {t('nudges.digest')}
        </label>
      </div>
      <div className="act-end">
        <button type="submit" className="primary" disabled={save.isPending}>
          {t('nudges.save')}
        </button>
        <button type="button" className="quiet" onClick={() => setOpen(false)}>
          {t('act.leave')}
        </button>
      </div>
    </form>
  );
}
