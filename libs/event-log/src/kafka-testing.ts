/** What tests outside this room need of the log on Kafka. */
export { brokerMissing } from './kafka-broker.js';
export { logLedgerContract } from './kafka/ledger-contract.js';
export { openTestLog, startTestBroker, testBroker } from './kafka/test-cluster.js';
