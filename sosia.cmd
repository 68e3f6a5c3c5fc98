@echo off
rem Sosia's command line for Windows: the twin of the script "sosia". It checks for a JDK and Maven, builds what is missing
rem and hands over to config\launcher (org.sosia.launcher.Main). No delayed expansion: a "!" in a folder's name stays one.
setlocal EnableExtensions DisableDelayedExpansion
set "project=%~dp0"
if "%project:~-1%"=="\" set "project=%project:~0,-1%"

rem JAVA_HOME's programs come first on the PATH. So they need no quotes, which FOR /F takes away where a command begins with one.
if not defined JAVA_HOME goto java
if exist "%JAVA_HOME%\bin\java.exe" goto home
echo sosia: JAVA_HOME is %JAVA_HOME%, which holds no JDK. Point it at a JDK 17 or newer, or unset it. 1>&2
exit /b 1
:home
set "PATH=%JAVA_HOME%\bin;%PATH%"
:java
where java >nul 2>&1
if errorlevel 1 (
  echo sosia: no Java found. Install a JDK 17 or newer and put it on the PATH, or set JAVA_HOME. 1>&2
  exit /b 1
)
set "version="
for /f "tokens=3" %%v in ('java -XshowSettings:properties -version 2^>^&1 ^| findstr /c:"java.specification.version ="') do set "version=%%v"
if not defined version (
  echo sosia: this Java does not say its version. Sosia needs a JDK 17 or newer. 1>&2
  exit /b 1
)
if "%version:~0,2%"=="1." set "version=8"
if %version% LSS 17 (
  echo sosia: this is Java %version%. Sosia needs a JDK 17 or newer. 1>&2
  exit /b 1
)

set "command=%~1"
if "%command%"=="" set "command=help"
set "rest="
for /f "tokens=1,*" %%a in ("%*") do set "rest=%%b"
set "modules=config/launcher"
set "profile="
if "%command%"=="test" goto test
if "%command%"=="bench" goto bench
if "%command%"=="demo" goto start
if "%command%"=="up" goto start
goto launch

:start
set "modules=config/launcher,config/keycloak,web"
echo %* | findstr /c:" --server ear " >nul || goto launch
set "modules=config/launcher,config/keycloak,web,ear"
set "profile=-Pear-server"

:launch
call :build
if errorlevel 1 exit /b 1
for /f "usebackq delims=" %%c in ("%project%\config\launcher\target\classpath") do set "libraries=%%c"
java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx512m "-Dsosia.project=%project%" -cp "%project%\config\launcher\target\classes;%libraries%" org.sosia.launcher.Main %*
exit /b %errorlevel%

:test
call :maven
if errorlevel 1 exit /b 1
cd /d "%project%"
call mvn -B -ntp -Pear-server %rest% verify
exit /b %errorlevel%

:bench
set "modules=system-test,web,config/launcher,config/keycloak"
call :build
if errorlevel 1 exit /b 1
for /f "usebackq delims=" %%c in ("%project%\system-test\target\classpath") do set "libraries=%%c"
for /f "usebackq delims=" %%c in ("%project%\config\launcher\target\classpath") do set "libraries=%libraries%;%%c"
java -Xmx3g "-Dsosia.project=%project%" -cp "%project%\system-test\target\classes;%project%\config\launcher\target\classes;%libraries%" org.sosia.bench.Bench %rest%
exit /b %errorlevel%

rem Windows has no cheap way to ask which source is newest, so Maven decides for starts; other commands only need a first build.
:build
if "%modules%"=="config/launcher" if exist "%project%\config\launcher\target\classpath" exit /b 0
call :maven
if errorlevel 1 exit /b 1
echo   building (the first time fetches about 700 MB of libraries and servers through Maven) 1>&2
pushd "%project%"
call mvn -q -B -DskipTests -Dspotless.check.skip -Dcheckstyle.skip -Dforbiddenapis.skip %profile% -pl %modules% -am package
set "result=%errorlevel%"
popd
if not "%result%"=="0" echo sosia: the build failed; its errors stand above. 1>&2
exit /b %result%

:maven
set "home="
for /f "tokens=2,*" %%a in ('java -XshowSettings:properties -version 2^>^&1 ^| findstr /c:"java.home ="') do set "home=%%b"
if exist "%home%\bin\javac.exe" goto compiler
echo sosia: %home% is a Java without a compiler. Install a JDK, not a JRE, 17 or newer. 1>&2
exit /b 1
:compiler
where mvn >nul 2>&1
if errorlevel 1 (
  echo sosia: no Maven found. Install Maven 3.8 or newer and put it on the PATH. 1>&2
  exit /b 1
)
set "version="
for /f "tokens=3" %%v in ('mvn -v 2^>nul ^| findstr /c:"Apache Maven"') do set "version=%%v"
set "major=0"
set "minor=0"
for /f "tokens=1,2 delims=." %%a in ("%version%") do (
  set "major=%%a"
  set "minor=%%b"
)
if %major% GTR 3 exit /b 0
if %major% EQU 3 if %minor% GEQ 8 exit /b 0
echo sosia: this is Maven %version%. Sosia needs Maven 3.8 or newer. 1>&2
exit /b 1
