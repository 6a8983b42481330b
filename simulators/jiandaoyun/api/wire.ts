import type { ApiDepartment, ApiInstance, ApiMember, ApiTask, World } from './world'

/** A member as the API gives one. */
export function memberToWire({ username, name, departments, type, status, integrateId }: ApiMember): object {
  return {
    username,
    name,
    departments,
    type,
    ...(status === null ? {} : { status }),
    ...(integrateId === null ? {} : { integrate_id: integrateId }),
  }
}

export function departmentToWire({ deptNo, name, parentNo }: ApiDepartment): object {
  return {
    dept_no: deptNo,
    name,
    ...(parentNo === null ? {} : { parent_no: parentNo }),
    type: 0,
    status: 1,
    seq: deptNo,
  }
}

/** A task as both the list and an instance give it. */
export function taskToWire(world: World, task: ApiTask): object {
  return {
    app_id: task.appId,
    task_id: task.taskId,
    form_id: task.formId,
    instance_id: task.instanceId,
    form_title: task.formTitle,
    title: task.title,
    flow_id: task.flowId,
    flow_name: task.flowName,
    url: task.url,
    assignee: whoIs(world, task.username),
    creator: whoIs(world, task.creator),
    create_time: task.createTime,
    create_action: task.createAction,
    finish_time: task.finishTime,
    finish_action: task.finishAction,
    status: task.status,
  }
}

/** An instance; without `tasks` where they were not asked for. */
export function instanceToWire(
  world: World,
  instance: ApiInstance,
  origin: string,
  withTasks: boolean,
): object {
  const { instanceId } = instance
  const tasks = [...world.tasks.values()].filter((task) => task.instanceId === instanceId)
  return {
    app_id: instance.appId,
    form_id: instance.formId,
    form_title: instance.formTitle,
    instance_id: instanceId,
    url: `${origin}/workflow/process_instance/${instanceId}`,
    update_time: instance.updateTime,
    create_time: instance.createTime,
    finish_time: instance.finishTime,
    status: instance.status,
    ...(instance.result === null ? {} : { result: instance.result }),
    creator: whoIs(world, instance.creator),
    ...(withTasks ? { tasks: tasks.map((task) => taskToWire(world, task)) } : {}),
  }
}

function whoIs(world: World, username: string): object {
  const member = world.members.get(username)
  return member ? memberToWire(member) : { username, name: username, type: 0, status: -1 }
}
