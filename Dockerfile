# The paper in two images: program (gunicorn, tasks) and proxy (nginx). compose.yaml runs them.
# There is no secret in an image: settings come from the environment.

FROM python:3.11-slim-bookworm AS build
WORKDIR /srv/newsroom/current
COPY requirements.txt .
RUN python -m venv var/venv \
    && var/venv/bin/python -m pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
# The key is of this one command.
RUN SECRET_KEY="$(python -c 'import secrets; print(secrets.token_urlsafe(60))')" \
    var/venv/bin/python manage.py collectstatic --noinput --verbosity 0 \
    && var/venv/bin/python -m compileall -q articles newsroom

FROM python:3.11-slim-bookworm AS program
RUN apt-get update -qq \
    && apt-get install -qq --yes --no-install-recommends postgresql-client fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /var/lib/newsroom newsroom \
    && install -d -o newsroom -g newsroom -m 750 /var/lib/newsroom /var/backups/newsroom \
    && install -d -o newsroom -g newsroom -m 755 /run/newsroom
COPY --from=build /srv/newsroom/current /srv/newsroom/current
WORKDIR /srv/newsroom/current
ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    VAR_ROOT=/var/lib/newsroom \
    MEDIA_ROOT=/var/lib/newsroom/media \
    CACHE_URL=filecache:///var/lib/newsroom/cache \
    BACKUPS=/var/backups/newsroom \
    ACCEL_REDIRECT=/protected/ \
    WEB_CONCURRENCY=2
USER newsroom
VOLUME ["/var/lib/newsroom", "/var/backups/newsroom", "/run/newsroom"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s \
    CMD ["var/venv/bin/python", "deploy/container/health.py", "/run/newsroom/web.sock"]
CMD ["var/venv/bin/python", "-m", "gunicorn", "newsroom.wsgi", "--bind", "unix:/run/newsroom/web.sock", "--config", "newsroom/gunicorn_conf.py", "--worker-class", "gthread", "--threads", "4", "--graceful-timeout", "30", "--no-control-socket"]

FROM debian:bookworm-slim AS proxy
RUN apt-get update -qq \
    && apt-get install -qq --yes --no-install-recommends nginx-light libnginx-mod-http-brotli-static curl \
    && rm -rf /var/lib/apt/lists/* /etc/nginx/sites-enabled/default \
    && groupadd --system --gid 10001 newsroom && usermod --append --groups newsroom www-data \
    && install -d -o www-data -g adm -m 750 /var/log/newsroom && install -d -o www-data /var/cache/newsroom
COPY deploy/steps.sh deploy/container/proxy.sh /srv/newsroom/current/deploy/
COPY deploy/nginx /srv/newsroom/current/deploy/nginx
COPY --from=build /srv/newsroom/current/var/static /srv/newsroom/static
EXPOSE 80 443
STOPSIGNAL SIGQUIT
CMD ["sh", "/srv/newsroom/current/deploy/container/proxy.sh"]
