/** How many there are of each type: enough to tell a query for each from one for all. */
export const COUNT = 20;
