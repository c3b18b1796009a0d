// atlantis-projects reads a repository's atlantis.yaml as an Atlantis server does, with Atlantis's own code, under the rules
// of a server-side repos.yaml. It prints the projects as JSON, and which of them the server plans for the modified files.
//
//	atlantis-projects REPOSITORY_FOLDER REPOS_YAML REPOSITORY_ID BRANCH [MODIFIED_FILE...]
package main

import (
	"encoding/json"
	"fmt"
	"os"

	"github.com/runatlantis/atlantis/server/core/config"
	"github.com/runatlantis/atlantis/server/core/config/valid"
	"github.com/runatlantis/atlantis/server/events"
	"github.com/runatlantis/atlantis/server/logging"
)

type project struct {
	Name              string   `json:"name"`
	Dir               string   `json:"dir"`
	TerraformVersion  string   `json:"terraformVersion"`
	Workflow          string   `json:"workflow"`
	ApplyRequirements []string `json:"applyRequirements"`
	Planned           bool     `json:"planned"`
}

func main() {
	if len(os.Args) < 5 {
		fail(fmt.Errorf("usage: atlantis-projects REPOSITORY_FOLDER REPOS_YAML REPOSITORY_ID BRANCH [MODIFIED_FILE...]"))
	}
	projects, err := check(os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5:])
	if err != nil {
		fail(err)
	}
	encoder := json.NewEncoder(os.Stdout)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(projects); err != nil {
		fail(err)
	}
}

func check(folder, reposYaml, id, branch string, modified []string) ([]project, error) {
	log, err := logging.NewStructuredLoggerFromLevel(logging.Error)
	if err != nil {
		return nil, err
	}
	parser := config.ParserValidator{}
	server, err := parser.ParseGlobalCfg(reposYaml, valid.NewGlobalCfgFromArgs(valid.GlobalCfgArgs{}))
	if err != nil {
		return nil, err
	}
	repository, err := parser.ParseRepoCfg(folder, server, id, branch)
	if err != nil {
		return nil, err
	}
	modules, err := events.FindModuleProjects(folder, "")
	if err != nil {
		return nil, err
	}
	finder := events.DefaultProjectFinder{}
	found, err := finder.DetermineProjectsViaConfig(log, modified, repository, folder, modules)
	if err != nil {
		return nil, err
	}
	planned := map[string]bool{}
	for _, p := range found {
		planned[p.GetName()] = p.Autoplan.Enabled
	}
	projects := []project{}
	for _, p := range repository.Projects {
		merged := server.MergeProjectCfg(log, id, p, repository)
		projects = append(projects, project{
			Name:              p.GetName(),
			Dir:               p.Dir,
			TerraformVersion:  fmt.Sprint(p.TerraformVersion),
			Workflow:          merged.Workflow.Name,
			ApplyRequirements: merged.ApplyRequirements,
			Planned:           planned[p.GetName()],
		})
	}
	return projects, nil
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "atlantis-projects:", err)
	os.Exit(1)
}
