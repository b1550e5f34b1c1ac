import { startGateway } from '../../gateway/dist/index.js';

const { settings, unguarded } = JSON.parse(process.argv[2]);
const gateway = await startGateway({ ...settings, host: '127.0.0.1', logLevel: 'warn' }, { unguarded });
process.once('SIGTERM', () => void gateway.stop().then(() => process.exit(0)));
