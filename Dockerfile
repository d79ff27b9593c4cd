# The server as it runs in production, beside a PostgreSQL of its own (docker-compose.yml).
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
# The pages' two scripts come from npm; the build restores them.
RUN apt-get update \
    && apt-get install -y --no-install-recommends npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
# What changes seldom comes first, so that packages are restored anew only when they change.
COPY global.json Directory.Build.props Directory.Packages.props .editorconfig ./
COPY src/SakuraIncident.Domain/SakuraIncident.Domain.csproj src/SakuraIncident.Domain/
COPY src/SakuraIncident.Server/SakuraIncident.Server.csproj src/SakuraIncident.Server/Npm.targets src/SakuraIncident.Server/
RUN dotnet restore src/SakuraIncident.Server/SakuraIncident.Server.csproj
COPY src/SakuraIncident.Domain/ src/SakuraIncident.Domain/
COPY src/SakuraIncident.Server/ src/SakuraIncident.Server/
RUN dotnet publish src/SakuraIncident.Server/SakuraIncident.Server.csproj -c Release --no-restore -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app ./
COPY playbooks/ /playbooks/
ENV SAKURA_PLAYBOOKS=/playbooks
USER $APP_UID
EXPOSE 5080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=6 \
    CMD ["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:5080/readyz"]
# In a container all its interfaces are the container's own; docker-compose.yml publishes on loopback.
ENTRYPOINT ["dotnet", "SakuraIncident.Server.dll", "up", "--listen", "0.0.0.0", "--port", "5080"]
