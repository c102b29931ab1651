// Lets the unmodified npm alipay-sdk (gateway v2) talk to the sandbox. Job as JSON in argv[2], result as JSON on stdout.
import { readFileSync } from 'node:fs';
import { AlipaySdk } from 'alipay-sdk';

const job = JSON.parse(process.argv[2]);
const sdk = new AlipaySdk({
  appId: job.app_id,
  gateway: job.gateway_url,
  privateKey: readFileSync(job.app_private_key_file, 'ascii'),
  alipayPublicKey: readFileSync(job.alipay_public_key_file, 'ascii'),
  signType: 'RSA2',
});

const result = {};
if (job.page) {
  result.page = sdk.pageExecute('alipay.trade.page.pay', 'GET', {
    notifyUrl: job.page.notify_url,
    bizContent: job.page.biz,
  });
}
if (job.calls) {
  result.calls = [];
  // validateSign: an answer whose signature does not fit raises, and so does the test.
  for (const call of job.calls) {
    result.calls.push(await sdk.exec(call.method, { bizContent: call.biz }, { validateSign: true }));
  }
}
if (job.notices) {
  result.notices = job.notices.map((body) => sdk.checkNotifySignV2(Object.fromEntries(new URLSearchParams(body))));
}
process.stdout.write(JSON.stringify(result));
