import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** The tables of the data set in small: two students, one of them twice, and each of the source's oddities once. */
const FILES: Readonly<Record<string, string>> = {
  'courses.csv': `"code_module","code_presentation","module_presentation_length"
"AAA","2013J","268"
"AAA","2014B","234"
`,
  'assessments.csv': `\uFEFF"code_module","code_presentation","id_assessment","assessment_type","date","weight"
"AAA","2013J","1752","TMA","19","10"
"AAA","2013J","1757","Exam","?","100"
`,
  'vle.csv': `"id_site","code_module","code_presentation","activity_type","week_from","week_to"
"546943","AAA","2013J","resource","?","?"
"546712","AAA","2013J","oucontent","?","?"
`,
  'studentInfo.csv': `"code_module","code_presentation","id_student","gender","region","highest_education","imd_band","age_band","num_of_prev_attempts","studied_credits","disability","final_result"
"AAA","2013J","11391","M","Scotland","HE Qualification","10-20","55<=","0","240","N","Withdrawn"
"AAA","2014B","11391","M","Wales","HE Qualification","?","55<=","1","60","N","Pass"
"AAA","2013J","28400","F","Scotland","A Level or Equivalent","20-30%","35-55","0","60","Y","Fail"
`,
  'studentRegistration.csv': `"code_module","code_presentation","id_student","date_registration","date_unregistration"
"AAA","2013J","11391","-159","12"
"AAA","2014B","11391","-33","?"
"AAA","2013J","28400","?","-1"
`,
  'studentAssessment.csv': `id_assessment,id_student,date_submitted,is_banked,score
1752,11391,18,0,78
1752,28400,-1,1,70
1757,11391,22,0,?
9999,11391,22,0,50
`,
  'studentVle.csv': `code_module,code_presentation,id_student,id_site,date,sum_click
AAA,2013J,11391,546943,-10,4
AAA,2013J,11391,546712,-10,1
AAA,2013J,11391,546712,-10,1
AAA,2013J,11391,1,-10,1
AAA,2013J,28400,546712,5,3
`,
  'click-features-all-presentations.csv': `code_module,code_presentation,id_student,clicks_pre,rows_pre,clicks_le56,rows_le56
AAA,2013J,11391,6,3,6,3
AAA,2014B,11391,0,0,9,2
AAA,2013J,28400,0,0,3,1
`,
};

/** Writes the small data set into a folder of its own. */
export async function smallOulad(): Promise<{ readonly dir: string; readonly dispose: () => Promise<void> }> {
  const dir = await mkdtemp(path.join(tmpdir(), 'pharos-oulad-'));
  await Promise.all(Object.entries(FILES).map(([name, text]) => writeFile(path.join(dir, name), text)));
  return { dir, dispose: () => rm(dir, { recursive: true, force: true }) };
}
