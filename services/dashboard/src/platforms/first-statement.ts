/** A first statement that can be pasted into a shell, once KEY and SECRET are filled in. */
export const firstStatement = (origin: string): string => `curl ${origin}/xapi/statements -u KEY:SECRET \\
  -H 'X-Experience-API-Version: 2.0.0' -H 'Content-Type: application/json' -d '{
    "actor": { "account": { "homePage": "https://lms.example", "name": "learner-1" } },
    "verb": { "id": "http://adlnet.gov/expapi/verbs/completed" },
    "object": { "id": "https://lms.example/activities/1" }
  }'`;
