# syntax=docker/dockerfile:1
# One image for every process; the command chooses which: gateway/dist/main.js, subgraphs/<name>/dist/main.js,
# standalone/dist/migrate.js, or standalone/dist/main.js for everything in one.

FROM node:24-slim AS build
WORKDIR /app
# First what the lockfile names: as long as that stays the same, so does this layer.
COPY pnpm-lock.yaml pnpm-workspace.yaml ./
RUN npx --yes pnpm@12.21.0 fetch
COPY . .
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile --offline
RUN node node_modules/typescript/bin/tsc -b standalone
# Once more from pnpm's store, without the compiler and the test tools.
RUN find . -name node_modules -prune -exec rm -rf {} + \
  && npx --yes pnpm@12.21.0 install --frozen-lockfile --offline --prod

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app .
# The image's own unprivileged user; nothing in /app is its to change.
USER node
EXPOSE 4000
CMD ["node", "gateway/dist/main.js"]
