/** An example in one language, its name as that language writes it. */
export interface Example {
  readonly language: string;
  readonly text: string;
}

/** Id and secret of a key: name and password of HTTP Basic. */
export interface KeyPair {
  readonly id: string;
  readonly secret: string;
}

/**
 * A first statement, ready to be pasted. None of them needs anything to be installed.
 *
 * @param pair left out, KEY and SECRET stand in its place
 */
export const firstStatements = (origin: string, { id, secret }: KeyPair = { id: 'KEY', secret: 'SECRET' }): readonly Example[] => [
  {
    language: 'curl',
    text: `curl ${origin}/xapi/statements -u ${id}:${secret} \\
  -H 'X-Experience-API-Version: 2.0.0' -H 'Content-Type: application/json' -d '{
    "actor": { "account": { "homePage": "https://lms.example", "name": "learner-1" } },
    "verb": { "id": "http://adlnet.gov/expapi/verbs/completed" },
    "object": { "id": "https://lms.example/activities/1" }
  }'`,
  },
  {
    language: 'JavaScript',
    text: `const reply = await fetch('${origin}/xapi/statements', {
  method: 'POST',
  headers: {
    Authorization: 'Basic ' + btoa('${id}:${secret}'),
    'X-Experience-API-Version': '2.0.0',
    'Content-Type': 'application/json',
  },
  body: JSON.stringify({
    actor: { account: { homePage: 'https://lms.example', name: 'learner-1' } },
    verb: { id: 'http://adlnet.gov/expapi/verbs/completed' },
    object: { id: 'https://lms.example/activities/1' },
  }),
});
console.log(reply.status, await reply.json());`,
  },
  {
    language: 'Python',
    text: `import base64, json, urllib.request

statement = {
    "actor": {"account": {"homePage": "https://lms.example", "name": "learner-1"}},
    "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
    "object": {"id": "https://lms.example/activities/1"},
}
headers = {
    "Authorization": "Basic " + base64.b64encode(b"${id}:${secret}").decode(),
    "X-Experience-API-Version": "2.0.0",
    "Content-Type": "application/json",
}
request = urllib.request.Request("${origin}/xapi/statements", json.dumps(statement).encode(), headers)
with urllib.request.urlopen(request) as reply:
    print(reply.status, json.load(reply))`,
  },
];
