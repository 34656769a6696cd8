/** Longest part of an address, percent-encoding and all: an account of 500 characters, as platforms name learners. The router's own limit is 100. */
export const LONGEST_PARAM = 1_500;
