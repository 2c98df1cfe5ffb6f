// SPDX-License-Identifier: GPL-3.0-or-later

// Authorization servers, by oidc-provider, for whom the lab says:
//
//   node issuer.mjs MODULES ADDRESS PEM FOLDER
//
// FOLDER/issuers.json has by domain, whose issuer is https://login.DOMAIN: `clients` (client_id: lifetime of its
// access tokens in seconds), `registers` (anybody may), `scopes`, and `mood`: what is wrong with it. ADDRESS is theirs,
// port 443. FOLDER/accounts has "ADDRESS: PASSWORD" lines. Written there: `events`, a line of JSON for each request
// that matters, and `secrets`, every code, token and verifier that was ever here, one a line.
// On 127.0.0.1:8070, mail servers ask whether a token is good: POST /SERVICE with `token=`.

import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { pathToFileURL } from 'node:url';

const [modules, address, pem, folder] = process.argv.slice(2);
const { default: Provider } = await import(pathToFileURL(`${modules}/oidc-provider/lib/index.js`));
const config = JSON.parse(fs.readFileSync(`${folder}/issuers.json`, 'utf8'));
const lines = fs.readFileSync(`${folder}/accounts`, 'utf8').trim().split('\n');
const accounts = new Map(lines.map(line => line.split(': ')));

const MAIL = 'urn:ietf:params:oauth:scope:mail';
const known = new Set();
const write = (file, line) => fs.appendFileSync(`${folder}/${file}`, `${line}\n`);
const keep = secret => {
  if (secret && !known.has(secret)) {
    known.add(secret);
    write('secrets', secret);
  }
};

// Each issuer has a memory of its own; that of oidc-provider is one for all in a process.
const memory = issuer => model => {
  const cells = issuer.cells;
  const cell = (kind, id) => `${kind} ${id}`;
  return {
    async upsert(id, payload) {
      cells.set(cell(model, id), payload);
      if (payload.uid) { cells.set(cell('uid', payload.uid), id); }
      if (payload.userCode) { cells.set(cell('user code', payload.userCode), id); }
      if (payload.grantId) {
        const grant = cell('grant', payload.grantId);
        cells.set(grant, [...(cells.get(grant) || []), cell(model, id)]);
      }
    },
    find: async id => cells.get(cell(model, id)),
    findByUid: async uid => cells.get(cell(model, cells.get(cell('uid', uid)))),
    findByUserCode: async code => cells.get(cell(model, cells.get(cell('user code', code)))),
    async consume(id) { cells.get(cell(model, id)).consumed = Math.floor(Date.now() / 1000); },
    async destroy(id) { cells.delete(cell(model, id)); },
    async revokeByGrantId(id) { (cells.get(cell('grant', id)) || []).forEach(name => cells.delete(name)); },
  };
};

const read = async request => {
  let text = '';
  for await (const piece of request) { text += piece; }
  return new URLSearchParams(text);
};

const page = (response, status, body) => {
  response.writeHead(status, { 'Content-Type': 'text/html; charset=utf-8', 'Referrer-Policy': 'no-referrer' });
  response.end(`<!DOCTYPE html><title>Sign in</title>${body}`);
};

// Who signs in has agreed to all that is asked, but for `less@`, who does not let anybody at the mail.
const agree = async (provider, ctx) => {
  const { account, client, result } = ctx.oidc;
  const grantId = result?.consent?.grantId || ctx.oidc.session.grantIdFor(client.clientId);
  if (grantId) {
    return provider.Grant.find(grantId);
  }
  const grant = new provider.Grant({ clientId: client.clientId, accountId: account.accountId });
  const scopes = ctx.oidc.params.scope.split(' ');
  const refused = account.accountId.startsWith('less@') ? scopes.filter(scope => scope.includes(MAIL)) : [];
  grant.addOIDCScope(scopes.filter(scope => !refused.includes(scope)).join(' '));
  if (refused.length) {
    grant.rejectOIDCScope(refused.join(' '));
  }
  await grant.save();
  return grant;
};

// The page that people see: a form with an account, a password, and a way to say no.
const interact = async (issuer, request, response) => {
  const { provider } = issuer;
  const { prompt } = await provider.interactionDetails(request, response);
  if (request.method === 'GET' && prompt.name === 'login') {
    return page(response, 200, `<form method="post" action="${request.url}"><input name="account"><input name="password"
      type="password"><button name="deny" value="yes">No</button><button>Yes</button></form>`);
  }
  if (prompt.name !== 'login') {
    return provider.interactionFinished(request, response, { consent: {} }, { mergeWithLastSubmission: true });
  }
  const form = await read(request);
  if (form.get('deny')) {
    const result = { error: 'access_denied', error_description: 'The person said no' };
    return provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
  }
  const right = accounts.has(form.get('account')) && accounts.get(form.get('account')) === form.get('password');
  if (!right) {
    return page(response, 403, 'Nobody of that name and password.');
  }
  return provider.interactionFinished(request, response, { login: { accountId: form.get('account') } },
    { mergeWithLastSubmission: false });
};

// What was asked and answered: for the tests to count, and every secret of it for them to search.
const watch = issuer => async (ctx, next) => {
  await next();
  const params = ctx.oidc?.params || {};
  const body = ctx.body && typeof ctx.body === 'object' ? ctx.body : {};
  [params.code, params.code_verifier, params.refresh_token, params.token, params.device_code, body.access_token,
    body.refresh_token, body.id_token, body.device_code, body.registration_access_token].forEach(keep);
  const target = ctx.response.get('Location');
  if (target && URL.canParse(target)) {
    keep(new URL(target).searchParams.get('code'));
  }
  const event = {
    at: Date.now(), issuer: issuer.domain, route: ctx.oidc?.route || ctx.path, status: ctx.status,
    grant: params.grant_type, client: ctx.oidc?.client?.clientId, account: ctx.oidc?.account?.accountId,
    error: body.error, challenge: params.code_challenge_method, redirect: params.redirect_uri,
    hint: params.token_type_hint,
  };
  write('events', JSON.stringify(event));
};

const issuers = new Map();
for (const [domain, { clients, registers, scopes, mood }] of Object.entries(config)) {
  const issuer = { domain, mood, cells: new Map() };
  const provider = new Provider(`https://login.${domain}`, {
    adapter: memory(issuer),
    clients: Object.keys(clients).map(id => ({
      client_id: id,
      client_name: 'Twolane',
      token_endpoint_auth_method: 'none',
      application_type: 'native',
      redirect_uris: ['http://127.0.0.1/', 'http://[::1]/'],
      response_types: ['code'],
      grant_types: ['authorization_code', 'refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'],
    })),
    scopes: ['openid', 'offline_access', ...scopes],
    claims: { openid: ['sub'], email: ['email'] },
    conformIdTokenClaims: false,
    findAccount: (_ctx, id) => ({ accountId: id, claims: async () => ({ sub: id, email: id }) }),
    loadExistingGrant: ctx => agree(provider, ctx),
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    pkce: { required: () => true, methods: ['S256'] },
    cookies: { keys: ['a key for cookies of the lab'] },
    features: {
      devInteractions: { enabled: false },
      deviceFlow: { enabled: mood !== 'no-device' },
      registration: { enabled: registers },
      revocation: { enabled: true },
    },
    ttl: {
      AccessToken: (_ctx, _token, client) => clients[client.clientId] || 3600,
      AuthorizationCode: 60, DeviceCode: mood === 'hasty' ? 2 : 300, Grant: 86400, IdToken: 3600, Interaction: 600,
      RefreshToken: 86400, Session: 86400,
    },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    renderError: (ctx, out) => { ctx.body = `<!DOCTYPE html><title>Error</title>${out.error}`; },
  });
  provider.use(watch(issuer));
  issuers.set(`login.${domain}`, Object.assign(issuer, { provider, answer: provider.callback() }));
}

const tls = { key: fs.readFileSync(pem), cert: fs.readFileSync(pem) };
https.createServer(tls, async (request, response) => {
  const issuer = issuers.get(request.headers.host);
  const url = new URL(request.url, `https://${request.headers.host}`);
  try {
    if (!issuer) {
      page(response, 404, 'Nobody here.');
    } else if (issuer.mood === 'mix-up' && url.pathname === '/auth') {
      // RFC 9207 §1: sends who comes to an honest server, for a code that it then hopes to be given.
      response.writeHead(303, { Location: `https://login.oauth.test/auth${url.search}` });
      response.end();
    } else if (url.pathname.startsWith('/interaction/')) {
      await interact(issuer, request, response);
    } else {
      issuer.answer(request, response);
    }
  } catch (error) {
    console.log('interaction', error.message);
    page(response, 400, 'This page is too old.');
  }
}).listen(443, address, () => console.log('listening'));

http.createServer(async (request, response) => {
  const token = (await read(request)).get('token');
  const service = request.url.slice(1);
  let answer = { active: false };
  for (const { provider } of issuers.values()) {
    const found = token && await provider.AccessToken.find(token);
    if (found) {
      answer = { active: true, username: found.accountId, email: found.accountId, scope: found.scope,
        client_id: found.clientId, exp: found.exp };
    }
  }
  write('events', JSON.stringify({ at: Date.now(), route: 'introspect', service, active: answer.active,
    account: answer.username }));
  response.writeHead(200, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(answer));
}).listen(8070, '127.0.0.1');
