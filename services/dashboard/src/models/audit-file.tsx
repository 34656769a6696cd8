import { auditInWords, AuditFile } from '@pharos/contract';
import { type ChangeEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useReader } from '../app/reader.js';
import { toneOf } from './verdicts.js';

type Opened = { readonly is: 'audit'; readonly audit: AuditFile } | { readonly is: 'wrong'; readonly why: string };

/** What `pharos audit --json` printed, read where it lies: nothing is sent anywhere. */
export async function openAudit(file: Pick<File, 'text' | 'name'>): Promise<Opened> {
  let value: unknown;
  try {
    value = JSON.parse(await file.text());
  } catch {
    return { is: 'wrong', why: 'json' };
  }
  const parsed = AuditFile.safeParse(value);
  if (parsed.success) return { is: 'audit', audit: parsed.data };
  return { is: 'wrong', why: parsed.error.issues[0]?.path.join('.') ?? '' };
}

interface Props {
  readonly onOpen: (audit: AuditFile) => void;
}

/** Opens an audit of a file in the same place. */
export function OpenAudit({ onOpen }: Props) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const read = async (event: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const [file] = event.target.files ?? [];
    if (!file) return;
    const opened = await openAudit(file);
    setWrong(opened.is === 'wrong' ? t(opened.why === 'json' ? 'file.no-json' : 'file.no-audit', { name: file.name, where: opened.why }) : null);
    if (opened.is === 'audit') onOpen(opened.audit);
    event.target.value = '';
  };
  return (
    <div className="open-audit">
      <input ref={field} type="file" accept="application/json,.json" hidden aria-label={t('file.open')} onChange={(event) => void read(event)} />
      <button type="button" onClick={() => field.current?.click()}>
        {t('file.open')}
      </button>
      {wrong && <p role="alert" className="notice">{wrong}</p>}
    </div>
  );
} // prettier-ignore

/** The verdicts of a file, and the way back. */
export function FileVerdicts({ audit, onClose }: { readonly audit: AuditFile; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { locale, formats } = useReader();
  return (
    <section className="card" aria-labelledby="file-title">
      <div className="card-head">
        <h2 id="file-title">{audit.file}</h2>
        <button type="button" onClick={onClose}>{t('file.close')}</button>
      </div>
      <p className="about">{t('file.about', { rows: formats.number(audit.rows), label: audit.label, score: audit.score, threshold: formats.number(audit.threshold, 2) })}</p>
      <ul className="verdicts">
        {audit.verdicts.map((verdict) => (
          <li key={JSON.stringify(verdict)} data-tone={toneOf(verdict)}>
            <span>{auditInWords(locale, verdict, '')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
} // prettier-ignore
