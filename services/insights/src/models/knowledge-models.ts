import { type KnowledgeModel } from '@pharos/contract';
import { type KnowledgeVersion } from '@pharos/warehouse';

interface Figures {
  readonly kind: string;
  readonly auc: number | null;
  readonly logLoss: number;
  readonly calibrationError: number;
  readonly answers: number;
  readonly reliability?: readonly {
    readonly from: number;
    readonly to: number;
    readonly answers: number;
    readonly predicted: number;
    readonly observed: number;
  }[];
}

/**
 * The model of knowledge of each subject that answers are read with now, with what it was chosen by.
 *
 * @param versions in the order in which they hold
 * @param now ISO 8601; versions that hold only later are left out
 */
export function knowledgeModels(versions: readonly KnowledgeVersion[], now: string): KnowledgeModel[] {
  const inForce = new Map<string, KnowledgeVersion>();
  for (const version of versions) if (version.holdsFrom <= now) inForce.set(version.subject, version);
  return [...inForce.values()]
    .sort((a, b) => (a.subject < b.subject ? -1 : 1))
    .map(({ subject, kind, model, holdsFrom, data }) => ({
      subject,
      kind,
      model,
      holdsFrom,
      answers: Number(data.answers),
      learners: Number(data.learners),
      candidates: (data.evaluation as readonly Figures[]).map(({ kind: candidate, auc, logLoss, calibrationError, answers }) => ({
        kind: candidate,
        chosen: candidate === kind,
        auc,
        logLoss,
        calibrationError,
        answers,
      })),
      reliability: ((data.evaluation as readonly Figures[]).find((one) => one.kind === kind)?.reliability ?? []).map(
        ({ answers, ...bin }) => ({ ...bin, n: answers }),
      ),
    }));
}
