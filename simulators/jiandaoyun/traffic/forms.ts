import type { Random } from '../../random'

/** A form of an invented company: its name, its engine, and how its records read. */
export interface CompanyForm {
  name: string
  /** Forms made long ago still run on the old flow engine. */
  engine: 'new' | 'old'
  /** The record as the vendor writes it: `标题: 值`, a line each. */
  record(random: Random, who: string, now: number): string
}

const DAY = 86_400_000

/** A date of China in the vendor's form, some days from now. */
export function chinaDate(now: number, days: number): string {
  return new Date(now + 8 * 3_600_000 + days * DAY).toISOString().slice(0, 10)
}

function money(random: Random, most: number): string {
  return `¥${(random.int(1, most / 10) * 10).toLocaleString('en-US')}`
}

function lines(fields: Record<string, string | number>): string {
  return Object.entries(fields)
    .map(([label, value]) => `${label}: ${value}`)
    .join('\n')
}

/** Forms with a flow. */
export const FLOW_FORMS: readonly CompanyForm[] = [
  {
    name: '请假审批',
    engine: 'new',
    record(random, who, now) {
      const days = random.int(1, 5)
      const start = random.int(1, 10)
      return lines({
        请假人: who,
        请假类型: random.pick(['年假', '病假', '事假', '调休']),
        开始日期: chinaDate(now, start),
        结束日期: chinaDate(now, start + days - 1),
        天数: days,
        事由: random.pick(['家中有事', '身体不适', '外出办理证件', '陪同家人就医', '探亲']),
      })
    },
  },
  {
    name: '采购申请',
    engine: 'new',
    record: (random, who, now) =>
      lines({
        申请人: who,
        物品: random.pick(['笔记本电脑', '打印机硒鼓', '办公椅', 'A4 复印纸', '会议平板', '服务器内存']),
        数量: random.int(1, 50),
        金额: money(random, 60_000),
        期望到货: chinaDate(now, random.int(3, 20)),
        用途: random.pick(['新员工入职', '日常办公', '项目使用', '设备更换']),
      }),
  },
  {
    name: '费用报销',
    engine: 'new',
    record: (random, who, now) =>
      lines({
        报销人: who,
        费用类型: random.pick(['差旅费', '交通费', '业务招待费', '办公费', '培训费']),
        金额: money(random, 9_000),
        发生日期: chinaDate(now, -random.int(1, 20)),
        单据张数: random.int(1, 12),
      }),
  },
  {
    name: '合同审批',
    engine: 'old',
    record: (random, who, now) =>
      lines({
        经办人: who,
        合同名称: random.pick([
          '设备采购合同',
          '软件服务合同',
          '房屋租赁合同',
          '广告投放合同',
          '运输服务合同',
        ]),
        对方单位: random.pick(['甲公司', '乙公司', '丙公司', '丁公司']),
        合同金额: money(random, 800_000),
        签订日期: chinaDate(now, random.int(2, 15)),
      }),
  },
  {
    name: '出差申请',
    engine: 'new',
    record: (random, who, now) =>
      lines({
        出差人: who,
        目的地: random.pick(['北京', '上海', '广州', '深圳', '成都', '武汉']),
        出发日期: chinaDate(now, random.int(1, 7)),
        天数: random.int(1, 6),
        预计费用: money(random, 8_000),
      }),
  },
  {
    name: '用印申请',
    engine: 'old',
    record: (random, who) =>
      lines({
        申请人: who,
        印章类型: random.pick(['公章', '合同专用章', '财务专用章']),
        文件名称: random.pick(['投标文件', '授权委托书', '在职证明', '采购合同']),
        份数: random.int(1, 8),
      }),
  },
]

/** Forms without a flow. */
export const DATA_FORMS: readonly CompanyForm[] = [
  {
    name: '客户拜访记录',
    engine: 'new',
    record: (random, who, now) =>
      lines({
        拜访人: who,
        客户: random.pick(['甲公司', '乙公司', '丙公司', '丁公司']),
        日期: chinaDate(now, 0),
        结果: random.pick(['有意向，下周报价', '已签约', '继续跟进', '暂无需求']),
      }),
  },
  {
    name: '设备报修',
    engine: 'new',
    record: (random, who) =>
      lines({
        报修人: who,
        设备: random.pick(['空调', '打印机', '门禁', '投影仪', '电梯']),
        位置: random.pick(['一楼大厅', '三楼会议室', '仓库', '财务室']),
        现象: random.pick(['无法启动', '噪音大', '卡纸', '刷卡无反应']),
      }),
  },
]

/** Changes of a record, as 修改后提醒 shows them. */
export const CHANGES: readonly {
  form: string
  title: string
  lines(random: Random, now: number): string[]
}[] = [
  {
    form: '请假审批',
    title: '病假申请',
    lines: (random, now) => [
      `请假日期: ${chinaDate(now, 2)}→${chinaDate(now, 3)}`,
      `天数: ${random.int(1, 3)}→${random.int(4, 6)}`,
    ],
  },
  {
    form: '采购申请',
    title: '办公用品采购',
    lines: (random) => [`数量: ${random.int(1, 9)}→${random.int(10, 30)}`, '状态: 待审→已审'],
  },
  {
    form: '客户资料',
    title: '甲公司',
    lines: (random) => ['联系人: 小李→小王', `等级: ${random.pick(['B', 'C'])}→A`],
  },
]

/** Warnings of dashboards: the warning's name, the dashboard, where it comes from. */
export const ALERTS: readonly [text: string, dashboard: string, source: string][] = [
  ['库存警告', '库存统计', '预警来源：库存应用>华南区盘点>库存剩余量'],
  ['原材料低于安全库存', '库存统计', '预警来源：库存应用>原材料库>安全库存'],
  ['回款逾期超过 30 天', '应收看板', '预警来源：销售应用>应收看板>逾期金额'],
  ['本月费用超出预算', '费用看板', '预警来源：财务应用>费用看板>预算执行率'],
]
